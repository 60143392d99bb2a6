from pelicanconf import *
SITEURL = 'https://harbor.example.gov/records'
