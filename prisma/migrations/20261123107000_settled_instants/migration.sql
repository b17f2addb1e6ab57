-- A question as of an instant after the newest change moves the clock's instant up to it, so that no change can be
-- recorded at or before it any more. The reading itself stays.
comment on column clock.recorded_at is 'Not earlier than the instant of change seq, nor than any instant that was asked about: the next change is recorded later. Never goes back, even when the system clock does.';
