-- Notes when somebody first worked on a case: once, and never backwards.
UPDATE "Case"
SET "FirstResponseAt" = CURRENT_TIMESTAMP
WHERE "Status" <> 'New'
  AND "FirstResponseAt" IS NULL;
