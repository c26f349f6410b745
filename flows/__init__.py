"""Jixiao (绩效): from published reports of public bureaus to a warehouse that can be asked questions over years.

Data flows one way: collect → read (``readers``) → understand (``understand``, ``forms``, ``money``, ``statements``)
→ stage (``staging``) → build (``warehouse``, ``dbt_project``) → publish. Imports follow the same direction;
``tests/test_house.py`` holds it.
"""
