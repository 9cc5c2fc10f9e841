"""Forms of a promotion as data: sections and questions."""

from django.db import models

from eig.dossiers.choices import FormKind, QuestionType
from eig.promotions.models import Promotion


class Form(models.Model):
    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="forms")
    kind = models.CharField(max_length=20, choices=FormKind)
    title = models.CharField("intitulé", max_length=120)
    introduction = models.TextField("introduction", blank=True)

    class Meta:
        verbose_name = "formulaire"
        constraints = [models.UniqueConstraint(fields=["promotion", "kind"], name="one_form_per_kind")]

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="sections")
    code = models.SlugField()
    title = models.CharField("intitulé", max_length=120)
    introduction = models.TextField("introduction", blank=True)
    rank = models.PositiveSmallIntegerField("ordre")

    class Meta:
        verbose_name = "rubrique"
        constraints = [models.UniqueConstraint(fields=["form", "code"], name="one_section_per_code")]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    code = models.CharField(max_length=50)
    type = models.CharField(max_length=20, choices=QuestionType)
    label = models.CharField("question", max_length=300)
    help = models.TextField("aide", blank=True)
    required = models.BooleanField("obligatoire", default=True)
    # {"question": code, "equals": value}: required only then.
    required_if = models.JSONField(default=dict, blank=True)
    max_length = models.PositiveIntegerField("longueur maximale (caractères)", null=True, blank=True)
    # Choices as [[code, label], …], bounds as {"min": 2, "max": 3}, files as {"max_mb": 10}…
    options = models.JSONField(default=dict, blank=True)
    # Names a person: never shown to a reader while preselection is anonymous.
    identifying = models.BooleanField("identifiante", default=False)
    for_readers = models.BooleanField("montrée aux lecteurs", default=True)
    rank = models.PositiveSmallIntegerField("ordre")

    class Meta:
        verbose_name = "question"
        constraints = [models.UniqueConstraint(fields=["section", "code"], name="one_question_per_code")]

    def __str__(self) -> str:
        return self.label
