from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "eig.orders"
    label = "orders"
    verbose_name = "gestes à deux"
