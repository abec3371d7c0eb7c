import factory
from allauth.account.models import EmailAddress
from django.db import connection

from partners.enums import Role
from partners.models import Membership, Organisation, User


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    first_name = "Kim"
    last_name = factory.Sequence(lambda n: f"Muster{n}")
    password = factory.django.Password("correct horse battery")
    address = factory.RelatedFactory("tests.factories.EmailAddressFactory", factory_related_name="user")


class MembershipFactory(factory.django.DjangoModelFactory):
    """A role as given at a shell: it counts at once.

    What a request noted lasts to the end of its transaction, which is here that of the whole test.
    """

    class Meta:
        model = Membership

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pghistory.context_metadata', '', true)")
        return super()._create(model_class, *args, **kwargs)

    class Params:
        organisation_code = "IHK-142"

    user = factory.SubFactory(UserFactory)
    organisation = factory.LazyAttribute(lambda o: Organisation.objects.get(code=o.organisation_code))
    role = Role.CONTRIBUTOR


class EmailAddressFactory(factory.django.DjangoModelFactory):
    """The address that the person has confirmed, as by an invitation."""

    class Meta:
        model = EmailAddress

    email = factory.LazyAttribute(lambda address: address.user.email.lower())
    verified = True
    primary = True
