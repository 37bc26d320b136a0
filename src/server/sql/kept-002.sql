-- kept-002.sql: what was taken from devices, and where streams are since they were moved
-- SPDX-License-Identifier: GPL-3.0-or-later

-- A verified backup has the device's events up to this number, also those that are held back.
ALTER TABLE device ADD COLUMN safe INTEGER NOT NULL DEFAULT 0;

-- When the device lost both, and when it last said that it holds nothing of the feed: UTC microseconds; 0
-- not. Of a device that may read or write, and is not revoked, both are 0.
ALTER TABLE access ADD COLUMN taken_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE access ADD COLUMN gone_at INTEGER NOT NULL DEFAULT 0;

-- 1: its entry stands behind that of an event which its device wrote later in its feed: it came late, or was released.
ALTER TABLE event ADD COLUMN elsewhere INTEGER NOT NULL DEFAULT 0;

-- Which events of a chain have no entry, or one that is not in the order of the chain: few, so the index is small.
DROP INDEX event_quarantined;
CREATE INDEX event_unplaced ON event (device, feed, nth) WHERE quarantined + elsewhere > 0;

CREATE TABLE moved (
  stream TEXT PRIMARY KEY,
  feed INTEGER NOT NULL REFERENCES feed, -- where its entries go now
  head INTEGER NOT NULL           -- number of the event of '0' that said so last
) WITHOUT ROWID;
