from django.contrib.admin.apps import AdminConfig


class SecretariatAdminConfig(AdminConfig):
    """Django's admin with the portal's own site: stands in INSTALLED_APPS in its place."""

    default_site = "ccm_portal.admin_site.site.SecretariatSite"
