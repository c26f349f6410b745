{# Column → type of this model's contract, in order: one place says what a mart holds.
   A unit test knows nothing of the contract of the model it tests: it takes the columns that the model has in the warehouse at hand. #}
{% macro columns_of_contract() -%}
    {%- set columns = {} -%}
    {%- if model.resource_type == 'unit_test' and execute -%}
        {%- set built = api.Relation.create(
            database=model.database, schema=model.schema, identifier=model.tested_node_unique_id.split('.')[-1]
        ) -%}
        {%- for column in adapter.get_columns_in_relation(built) -%}
            {%- do columns.update({column.name: column.data_type}) -%}
        {%- endfor -%}
    {%- else -%}
        {%- for name, column in model.columns.items() -%}
            {%- do columns.update({name: column.data_type}) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(columns) }}
{%- endmacro %}

{# Those columns, cast to their types. #}
{% macro contract_columns(overrides={}) -%}
    {%- for name, type in columns_of_contract().items() %}
    cast({{ overrides.get(name, name) }} as {{ type }}) as {{ name }}{{ "," if not loop.last }}
    {%- endfor %}
{%- endmacro %}
