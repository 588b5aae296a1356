-- Requests for more time that wait for a supervisor are few; without it, finding them would read the open letters.
CREATE INDEX clocks_extension ON clocks (letter) WHERE name = 'extension' AND stopped IS NULL;
