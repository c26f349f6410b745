-- Grain: one row per bureau, fiscal year, measure and group of peers: the same kind of body (department or unit) of the same level
-- in the same sector, province, prefecture or anywhere.
{{ config(post_hook="{{ comparison_as_of_macro(this) }}") }}
{{ compared_peers(ref('bureau_year')) }}
