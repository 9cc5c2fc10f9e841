"""Form rendering: names, help and messages reach a screen reader together, and nothing typed is lost."""

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.functional import SimpleLazyObject

from eig.design.rows import one_more
from eig.design.samples import PersonForm, SampleForm
from eig.design.widgets import DateInput
from tests.design.pages import described, parse, text_of


def draw(form, source="{% fields form %}"):
    return parse(f"<div>{Template(source).render(Context({'form': form}))}</div>")


@pytest.fixture
def refused():
    return SampleForm({"title": "x" * 81, "trades": ["dev", "inconnu"]})


def test_every_control_has_a_name_of_its_own():
    page = draw(SampleForm())
    for control in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        labels = page.xpath(f"//label[@for='{control.get('id')}']")
        assert len(labels) == 1, control.get("id")
        assert text_of(labels[0])


def test_help_and_message_are_both_described(refused):
    page = draw(refused)
    title = page.get_element_by_id("id_title")
    assert described(title, page).startswith("Un titre court, sans sigle. ")
    assert "80 caractères" in described(title, page)
    assert title.get("aria-invalid") == "true"


def test_a_file_and_a_password_keep_their_help_too(refused):
    page = draw(refused)
    assert "10 Mo" in described(page.get_element_by_id("id_cv"), page)
    password = page.get_element_by_id("id_password")
    assert "15 caractères" in described(password, page)
    assert "obligatoire" in described(password, page)
    assert password.get("autocomplete") == "new-password"


@pytest.mark.parametrize("name", ["trades", "remote"])
def test_a_group_is_a_fieldset_that_describes_itself(refused, name):
    page = draw(refused)
    group = page.get_element_by_id(f"id_{name}")
    assert group.tag == "fieldset"
    assert text_of(group.find("legend")).startswith(str(SampleForm.base_fields[name].label))
    for message in refused.errors[name]:
        assert message in described(group, page)


def test_what_was_typed_is_kept(refused):
    page = draw(refused)
    assert page.get_element_by_id("id_title").get("value") == "x" * 81
    assert [box.get("value") for box in page.xpath("//input[@name='trades'][@checked]")] == ["dev"]


def test_ids_are_unique(refused):
    ids = draw(refused).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_optional_fields_say_so_unless_silenced():
    assert text_of(draw(SampleForm(), "{% field form.start_on %}").find(".//label")).endswith("(facultatif)")
    silent = draw(SampleForm(), "{% field form.start_on marked=False %}")
    assert "facultatif" not in text_of(silent)


def test_a_long_text_announces_its_limit_and_is_not_cut_while_typed():
    page = draw(SampleForm(), "{% field form.summary %}")
    area = page.get_element_by_id("id_summary")
    assert "500 caractères maximum" in described(area, page)
    assert area.get("data-limit") == "500"
    assert area.get("maxlength") is None


def test_a_date_travels_in_iso_format():
    form = SampleForm({"start_on": "2021-05-03"})
    date = draw(form, "{% field form.start_on %}").get_element_by_id("id_start_on")
    assert (date.get("type"), date.get("value")) == ("date", "2021-05-03")
    assert isinstance(form.fields["start_on"].widget, DateInput)


def test_placeholders_are_never_printed():
    class Form(forms.Form):
        q = forms.CharField(widget=forms.TextInput(attrs={"placeholder": "Chercher"}))

    assert "placeholder" not in str(Template("{% field form.q %}").render(Context({"form": Form()})))


def test_hidden_fields_are_only_themselves():
    class Form(forms.Form):
        code = forms.CharField(widget=forms.HiddenInput)

    page = draw(Form(initial={"code": "a"}))
    assert [element.tag for element in page.iterchildren()] == ["input"]


def test_a_date_and_its_time_are_a_group():
    class Form(forms.Form):
        at = forms.SplitDateTimeField(label="Début")

    page = draw(Form({"at_0": "pas une date", "at_1": ""}))
    group = page.find(".//fieldset")
    assert text_of(group.find("legend")) == "Début"
    assert [text_of(label) for label in group.findall(".//label")] == ["Date", "Heure"]
    assert "fr-fieldset--error" in group.get("class")


def test_the_summary_links_every_error_to_its_field(refused):
    page = draw(refused, "{% form_errors form %}{% fields form %}")
    summary = page.get_element_by_id("erreurs")
    links = summary.xpath(".//a/@href")
    assert len(links) == len(refused.errors)
    for href in links:
        target = page.get_element_by_id(href.removeprefix("#"))
        assert target.tag in {"input", "select", "textarea"}
    assert summary.get("tabindex") == "-1"


def test_errors_of_the_whole_form_are_in_the_summary():
    class Form(forms.Form):
        def clean(self):
            raise forms.ValidationError("Les dates se contredisent.")

    assert "Les dates se contredisent." in text_of(draw(Form({}), "{% form_errors form %}"))


def test_a_form_without_error_has_no_summary():
    assert text_of(draw(SampleForm(), "{% form_errors form %}")) == ""


def test_the_summary_reads_formsets_too():
    people = forms.formset_factory(PersonForm, extra=1, min_num=1)
    data = {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "0",
        "form-0-first_name": "Alice",
        "form-0-last_name": "",
    }
    page = draw(people(data), "{% form_errors form %}{% rows form item='Personne' %}")
    assert page.get_element_by_id("erreurs").xpath(".//a/@href") == ["#id_form-0-last_name"]


def test_the_title_of_a_refused_form_says_so(refused):
    title = Template('{% page_title section="Projets" %}Déposer{% endpage_title %}')
    assert title.render(Context({"form": refused})) == "<title>Erreur – Déposer – Projets – EIG</title>"
    assert title.render(Context({"form": SampleForm()})) == "<title>Déposer – Projets – EIG</title>"


@pytest.mark.parametrize(
    ("address", "found", "title"),
    [
        ("/", 15, "Défis – page 1 sur 2"),
        ("/?page=2", 15, "Défis – page 2 sur 2"),
        ("/?q=carte", 3, "Défis – recherche « carte »"),
        ("/?q=<b>", 0, "Défis – recherche « &lt;b&gt; » – aucun résultat"),
        ("/", 0, "Défis – aucun résultat"),
        ("/", 3, "Défis"),
    ],
)
def test_the_title_of_a_list_says_what_is_searched_and_which_page_it_is(address, found, title):
    request = RequestFactory().get(address)
    page = Paginator(range(found), 10).get_page(request.GET.get("page"))
    shown = Template("{% page_title %}Défis{% endpage_title %}").render(
        Context({"request": request, "page": page})
    )
    assert shown == f"<title>{title} – EIG</title>"


def test_the_title_wakes_nothing_that_sleeps():
    def woken():
        raise AssertionError("the CSRF token would set a cookie on every page")

    page = Template("{% page_title %}Page{% endpage_title %}")
    assert page.render(Context({"csrf_token": SimpleLazyObject(woken)})) == "<title>Page – EIG</title>"


def test_one_more_row_keeps_what_was_typed():
    data = QueryDict("p-TOTAL_FORMS=1&p-INITIAL_FORMS=0&p-0-first_name=Alice&p-0-last_name=Aubert")
    people = forms.formset_factory(PersonForm, extra=1)(one_more(data, "p"), prefix="p")
    assert len(people.forms) == 2
    assert people.forms[0]["first_name"].value() == "Alice"


@pytest.mark.parametrize("count", ["", "beaucoup", "-3", "999999"])
def test_a_forged_count_of_rows_does_no_harm(count):
    data = QueryDict(mutable=True)
    data["p-TOTAL_FORMS"] = count
    assert 1 <= int(one_more(data, "p")["p-TOTAL_FORMS"]) <= 50
