-- People by hand: until when somebody works here; and how long messages stay in the feed.

-- The last day in the company, YYYY-MM-DD, of the person's zone. Whoever has one that is over is inactive.
ALTER TABLE person ADD COLUMN leave_date TEXT;

-- What is older than 90 days is looked for every hour.
CREATE INDEX feed_by_stored ON feed (stored);
