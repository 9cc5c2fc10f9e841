"""Access reads as a charter: every URL × every actor = the expected answer. One file per room."""

# What the door answers to a GET.
OPEN, LOGIN, HIDDEN, WRONG_METHOD = 200, 302, 404, 405
# A page that leads elsewhere for who may use it (a start button, a download not ready).
ELSEWHERE = 302
