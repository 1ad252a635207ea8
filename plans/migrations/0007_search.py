"""Words are found by their pairs of neighbouring characters (docs/search.md)."""

from django.db import migrations, models
from django.db.models.functions import Cast

from plans.register.models.items import ItemWords
from stakeholders.finding.expressions import grams_index
from stakeholders.migrations._add_indexes import AddIndexes

# The same as `stakeholders.finding.words.grams`. It names no function of ours, so that a restored
# dump, which looks for functions in no schema, can build the indexes.
GRAMS = r"""
CREATE FUNCTION grams(said text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT CASE WHEN length(said) > 100000 THEN ''' '''::tsvector ELSE (
  SELECT coalesce(
    array_to_tsvector(array_agg(CASE WHEN next = ' ' THEN one ELSE one || next END)),
    ''::tsvector
  )
  FROM (
    SELECT string_to_array(translate(
      lower(normalize(said, NFKC) COLLATE "C"),
      E'\t\n\u000b\f\r\u0085\u1680\u2028\u2029', '         '
    ), NULL) AS signs
  ) AS plain, unnest(signs, signs[2:] || ' '::text) AS pairs (one, next)
  WHERE one <> ' '
) END
$$
"""
ITEM_WORDS = r"""
CREATE FUNCTION item_words(said jsonb) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT concat_ws(E'\n\n',
  content #>> '{title,zh}', content #>> '{name,zh}',
  content #>> '{title,en}', content #>> '{name,en}',
  content #>> '{text,zh}', content #>> '{definition,zh}',
  content #>> '{text,en}', content #>> '{definition,en}'
)
FROM (
  SELECT CASE jsonb_typeof(said -> 'content') WHEN 'object' THEN said -> 'content' ELSE said END
    AS content
) AS held
$$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0006_projects_and_readings'),
    ]

    operations = [
        migrations.RunSQL(GRAMS, 'DROP FUNCTION grams(text)'),
        migrations.RunSQL(ITEM_WORDS, 'DROP FUNCTION item_words(jsonb)'),
        AddIndexes({
            'itemdraft': grams_index(ItemWords('content'), name='item_draft_grams'),
            'itemversion': grams_index(ItemWords(Cast('content', models.JSONField())), name='item_version_grams'),
            'project': grams_index('name_zh', 'name_en', 'description_zh', 'description_en', 'place_zh', 'place_en', name='project_grams'),
        }),
    ]
