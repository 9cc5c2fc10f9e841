from django import forms


class ReasonForm(forms.Form):
    """Why a deed is asked for: read by whoever confirms it, and kept."""

    reason = forms.CharField(
        label="Motif",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="La personne qui confirme le lit ; il reste au journal de la promotion.",
    )
