"""Words are found by their pairs of neighbouring characters (docs/search.md)."""

from django.db import migrations, models
from django.db.models.functions import Cast

from consult.meetings.models import MinutesWords
from stakeholders.finding.expressions import grams_index
from stakeholders.migrations._add_indexes import AddIndexes

# Everything that stands under "zh" or "en", however deep.
MINUTES_WORDS = r"""
CREATE FUNCTION minutes_words(said jsonb) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT coalesce(string_agg(one #>> '{}', E'\n\n'), '')
FROM (
  SELECT jsonb_path_query(said, 'strict $.**.zh')
  UNION ALL SELECT jsonb_path_query(said, 'strict $.**.en')
) AS words (one)
$$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0007_search'),
        ('consult', '0010_implementation'),
    ]

    operations = [
        migrations.RunSQL(MINUTES_WORDS, 'DROP FUNCTION minutes_words(jsonb)'),
        AddIndexes({
            'comment': grams_index('text_zh', 'text_en', 'wording_zh', 'wording_en', name='comment_grams'),
            'matter': grams_index('title_zh', 'title_en', 'description_zh', 'description_en', 'facts_zh', 'facts_en', name='matter_grams'),
            'matteragreement': grams_index('text_zh', 'text_en', name='matter_agreement_grams'),
            'matterfact': grams_index('text_zh', 'text_en', name='matter_fact_grams'),
            'minutesdraft': grams_index('text_zh', 'text_en', name='minutes_draft_grams'),
            'minutesedition': grams_index(MinutesWords(Cast('content', models.JSONField())), name='minutes_edition_grams'),
            'optionversion': grams_index('text_zh', 'text_en', name='option_version_grams'),
            'stand': grams_index('text_zh', 'text_en', name='stand_grams'),
        }),
    ]
