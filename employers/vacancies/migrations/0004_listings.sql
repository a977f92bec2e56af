-- What the search finds a vacancy by, and the triggers that keep it. Never changed: a later migration replaces.

CREATE OR REPLACE FUNCTION vacancies_fold(given text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT replace(replace(replace(lower(given), 'æ', 'ae'), 'ø', 'oe'), 'å', 'aa')
$$;

-- Every word folded, and each of its endings of three letters or more: 'operatør' stands in 'procesoperatør'.
CREATE OR REPLACE FUNCTION vacancies_endings(given text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_to_tsvector(array_agg(DISTINCT substr(word, i))), '')
    FROM regexp_split_to_table(vacancies_fold(left(given, 1500)), '[^[:alnum:]]+') AS word,
        generate_series(1, greatest(1, least(length(word), 60) - 2)) AS i
    WHERE word <> ''
$$;

-- All of the words; each as Danish stems it, or as the beginning of a stem or of a folded word's ending.
-- Words that say nothing ("og") are left out; NULL when none is left.
CREATE OR REPLACE FUNCTION vacancies_query(given text[]) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    word text;
    stem tsquery;
    asked tsquery;
BEGIN
    FOREACH word IN ARRAY given LOOP
        stem := plainto_tsquery('danish', word);
        IF numnode(stem) = 0 THEN
            CONTINUE;
        END IF;
        stem := stem || to_tsquery('simple', quote_literal(vacancies_fold(word)) || ':*')
            || to_tsquery('simple', quote_literal(lower(word)) || ':*');
        asked := CASE WHEN asked IS NULL THEN stem ELSE asked && stem END;
    END LOOP;
    RETURN asked;
END
$$;

-- Bring the rows of some of our vacancies in line with what they say now.
CREATE OR REPLACE FUNCTION vacancies_list(wanted bigint[]) RETURNS void
LANGUAGE sql AS $$
    DELETE FROM vacancies_listing AS listing
    WHERE listing.vacancy_id = ANY (wanted)
        AND NOT EXISTS (
            SELECT FROM vacancies_vacancy AS v WHERE v.id = listing.vacancy_id AND v.state = 'published'
        );
    INSERT INTO vacancies_listing AS listing (
        vacancy_id, municipality_id, spot, code, terms, full_time, starts_on, positions, published_at,
        apply_by, heading, words
    )
    SELECT v.id, w.municipality_id, coalesce(p.code, 'k' || m.code), o.code, v.terms, v.hours >= 35,
        v.starts_on, greatest(1, v.positions - v.positions_filled), v.published_at, v.apply_by,
        strip(to_tsvector('danish', v.title || ' ' || c.name || ' ' || o.title_da))
            || vacancies_endings(v.title || ' ' || c.name || ' ' || o.title_da),
        strip(to_tsvector('danish', concat_ws(' ', v.title, v.text, c.name, o.title_da, called.titles)))
            || vacancies_endings(concat_ws(' ', v.title, c.name, o.title_da, called.titles, m.name, w.town))
    FROM vacancies_vacancy AS v
    JOIN companies_company AS c ON c.id = v.company_id
    JOIN companies_workplace AS w ON w.id = v.workplace_id
    JOIN geography_municipality AS m ON m.id = w.municipality_id
    JOIN classifications_occupation AS o ON o.id = v.occupation_id
    LEFT JOIN geography_postcode AS p ON p.code = w.postcode AND p.latitude IS NOT NULL
    LEFT JOIN LATERAL (
        SELECT left(string_agg(e.title, ' ' ORDER BY e.id), 800) AS titles
        FROM classifications_everydaytitle AS e WHERE e.occupation_id = o.id AND e.source_kind = 'everyday'
    ) AS called ON true
    WHERE v.id = ANY (wanted) AND v.state = 'published'
    ON CONFLICT (vacancy_id) DO UPDATE SET
        municipality_id = excluded.municipality_id, spot = excluded.spot, code = excluded.code,
        terms = excluded.terms, full_time = excluded.full_time, starts_on = excluded.starts_on,
        positions = excluded.positions, published_at = excluded.published_at, apply_by = excluded.apply_by,
        heading = excluded.heading, words = excluded.words;
$$;

-- The same for vacancies from outside. One that is advertised here or shown from another source already, or
-- that a labour conflict covers, is not listed.
CREATE OR REPLACE FUNCTION vacancies_list_external(wanted bigint[]) RETURNS void
LANGUAGE sql AS $$
    DELETE FROM vacancies_listing AS listing
    WHERE listing.external_id = ANY (wanted)
        AND NOT EXISTS (
            SELECT FROM vacancies_externalvacancy AS v
            WHERE v.id = listing.external_id AND v.state = 'published' AND v.same_vacancy_id IS NULL
                AND v.same_external_id IS NULL
        );
    INSERT INTO vacancies_listing AS listing (
        external_id, municipality_id, spot, code, terms, full_time, starts_on, positions, published_at,
        apply_by, heading, words
    )
    SELECT v.id, v.municipality_id, coalesce(p.code, 'k' || m.code), o.code, v.terms, v.hours >= 35,
        v.starts_on, v.positions, v.published_at, v.apply_by,
        strip(to_tsvector('danish', v.title || ' ' || v.employer || ' ' || o.title_da))
            || vacancies_endings(v.title || ' ' || v.employer || ' ' || o.title_da),
        strip(to_tsvector('danish', concat_ws(' ', v.title, v.text, v.employer, o.title_da, called.titles)))
            || vacancies_endings(concat_ws(' ', v.title, v.employer, o.title_da, called.titles, m.name, v.town))
    FROM vacancies_externalvacancy AS v
    JOIN geography_municipality AS m ON m.id = v.municipality_id
    JOIN classifications_occupation AS o ON o.id = v.occupation_id
    LEFT JOIN geography_postcode AS p ON p.code = v.postcode AND p.latitude IS NOT NULL
    LEFT JOIN LATERAL (
        SELECT left(string_agg(e.title, ' ' ORDER BY e.id), 800) AS titles
        FROM classifications_everydaytitle AS e WHERE e.occupation_id = o.id AND e.source_kind = 'everyday'
    ) AS called ON true
    WHERE v.id = ANY (wanted) AND v.state = 'published' AND v.same_vacancy_id IS NULL
        AND v.same_external_id IS NULL
    ON CONFLICT (external_id) DO UPDATE SET
        municipality_id = excluded.municipality_id, spot = excluded.spot, code = excluded.code,
        terms = excluded.terms, full_time = excluded.full_time, starts_on = excluded.starts_on,
        positions = excluded.positions, published_at = excluded.published_at, apply_by = excluded.apply_by,
        heading = excluded.heading, words = excluded.words;
$$;

CREATE OR REPLACE FUNCTION vacancies_vacancy_listed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM vacancies_list(array_agg(id)) FROM changed;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION vacancies_external_listed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM vacancies_list_external(array_agg(id)) FROM changed;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION vacancies_company_listed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM vacancies_list(array_agg(v.id))
    FROM changed JOIN was USING (id) JOIN vacancies_vacancy AS v ON v.company_id = changed.id
    WHERE changed.name <> was.name AND v.state = 'published';
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION vacancies_workplace_listed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM vacancies_list(array_agg(v.id))
    FROM changed JOIN was USING (id) JOIN vacancies_vacancy AS v ON v.workplace_id = changed.id
    WHERE (changed.municipality_id, changed.postcode, changed.town)
        IS DISTINCT FROM (was.municipality_id, was.postcode, was.town) AND v.state = 'published';
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION vacancies_postcode_listed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM vacancies_list(array_agg(v.id))
    FROM changed JOIN was USING (id) JOIN companies_workplace AS w ON w.postcode = changed.code
        JOIN vacancies_vacancy AS v ON v.workplace_id = w.id
    WHERE (changed.latitude IS NULL) <> (was.latitude IS NULL) AND v.state = 'published';
    RETURN NULL;
END
$$;

CREATE TRIGGER listed_after_insert AFTER INSERT ON vacancies_vacancy
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION vacancies_vacancy_listed();
CREATE TRIGGER listed_after_update AFTER UPDATE ON vacancies_vacancy
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION vacancies_vacancy_listed();
CREATE TRIGGER listed_after_insert AFTER INSERT ON vacancies_externalvacancy
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION vacancies_external_listed();
CREATE TRIGGER listed_after_update AFTER UPDATE ON vacancies_externalvacancy
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION vacancies_external_listed();
CREATE TRIGGER listed_after_update AFTER UPDATE ON companies_company
    REFERENCING NEW TABLE AS changed OLD TABLE AS was
    FOR EACH STATEMENT EXECUTE FUNCTION vacancies_company_listed();
CREATE TRIGGER listed_after_update AFTER UPDATE ON companies_workplace
    REFERENCING NEW TABLE AS changed OLD TABLE AS was
    FOR EACH STATEMENT EXECUTE FUNCTION vacancies_workplace_listed();
CREATE TRIGGER listed_after_update AFTER UPDATE ON geography_postcode
    REFERENCING NEW TABLE AS changed OLD TABLE AS was
    FOR EACH STATEMENT EXECUTE FUNCTION vacancies_postcode_listed();

SELECT vacancies_list(array_agg(id)) FROM vacancies_vacancy WHERE state = 'published';
