package dev.gatlingllm.health;

/** The records that wait to be written. Safe for use by many threads. */
public interface RecordQueue {

  /** How many wait. */
  int queued();

  /** How many may wait. */
  int capacity();

  /** How many could not be kept, since the start. */
  long lost();
}
