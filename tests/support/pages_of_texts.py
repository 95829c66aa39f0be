"""A page as a person would copy it, with a text on it."""

PAGE_OF_TEXT = """Menu
The Ferrymen of Lanne Harbour
By Tove Marr and Olin Reyes
Published 4 May 1989
The ferrymen rowed the delegates [Read more: The boats] over the sound at night. Nobody thanked them for it.
Their names stand in no communiqué.
© 1989 Sund Post
"""
