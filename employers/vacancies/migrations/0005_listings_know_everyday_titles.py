from django.db import migrations

SQL = """
CREATE FUNCTION vacancies_titles_listed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM vacancies_list(array_agg(v.id)) FROM vacancies_vacancy AS v
    WHERE v.state = 'published' AND v.occupation_id IN (SELECT occupation_id FROM changed);
    PERFORM vacancies_list_external(array_agg(v.id)) FROM vacancies_externalvacancy AS v
    WHERE v.state = 'published' AND v.occupation_id IN (SELECT occupation_id FROM changed);
    RETURN NULL;
END
$$;
CREATE TRIGGER listed_after_insert AFTER INSERT ON classifications_everydaytitle
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION vacancies_titles_listed();
CREATE TRIGGER listed_after_update AFTER UPDATE ON classifications_everydaytitle
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION vacancies_titles_listed();
CREATE TRIGGER listed_after_delete AFTER DELETE ON classifications_everydaytitle
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION vacancies_titles_listed();
"""

BACK = """
DROP TRIGGER listed_after_insert ON classifications_everydaytitle;
DROP TRIGGER listed_after_update ON classifications_everydaytitle;
DROP TRIGGER listed_after_delete ON classifications_everydaytitle;
DROP FUNCTION vacancies_titles_listed;
"""


class Migration(migrations.Migration):

    dependencies = [("vacancies", "0004_listings_keep_themselves")]

    operations = [migrations.RunSQL(SQL, BACK)]
