package dev.gatlingllm.experiment.conversation;

import dev.gatlingllm.input.Payload;
import java.util.List;

/** The sessions of a load, numbered from 0. Safe for use by many threads. */
interface Scripts {

  /** The session of a number: the same whenever it is asked for. */
  Script script(long number);

  /** How many turns a session has on average. */
  double meanTurns();

  /** What is said, in words. */
  String text();

  /** Requests that are checked before anything is sent. */
  List<Payload> samples();
}
