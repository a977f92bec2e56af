from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("0004_listings.sql").read_text(encoding="utf-8")

BACK = """
DROP TRIGGER listed_after_insert ON vacancies_vacancy;
DROP TRIGGER listed_after_update ON vacancies_vacancy;
DROP TRIGGER listed_after_insert ON vacancies_externalvacancy;
DROP TRIGGER listed_after_update ON vacancies_externalvacancy;
DROP TRIGGER listed_after_update ON companies_company;
DROP TRIGGER listed_after_update ON companies_workplace;
DROP TRIGGER listed_after_update ON geography_postcode;
DROP FUNCTION vacancies_vacancy_listed, vacancies_external_listed, vacancies_company_listed,
    vacancies_workplace_listed, vacancies_postcode_listed, vacancies_list, vacancies_list_external,
    vacancies_query, vacancies_endings, vacancies_fold;
DELETE FROM vacancies_listing;
"""


class Migration(migrations.Migration):

    dependencies = [("vacancies", "0003_sources_and_listings")]

    operations = [migrations.RunSQL(SQL, BACK)]
