"""What the admin shows of the portal itself."""

from django.contrib import admin

from .admin_site.job import JobAdmin
from .models import Job

admin.site.register(Job, JobAdmin)
