import factory
from allauth.account.models import EmailAddress

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
    class Meta:
        model = Membership

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
