package dev.gatlingllm.size;

import dev.gatlingllm.input.InputException;

/** Where numbers of tokens come from, as a setting says it in a phrase. */
public sealed interface SizePhrase {

  /** What a setting accepts. */
  String ACCEPTED =
      "N, constant N, uniform MIN to MAX, normal mean M sd S, lognormal median M p95 P, lognormal"
          + " mean M sd S, trace FILE or run FOLDER, the last five also with bounds, as in"
          + " lognormal median 800 p95 4000, 16 to 32000";

  /** Numbers of a distribution. */
  record Drawn(TokenDistribution distribution) implements SizePhrase {}

  /**
   * Numbers of recorded calls.
   *
   * @param kind what they were recorded in
   * @param path the trace's file, or the folder of an earlier run
   * @param bounds a call with a number beyond them is left out
   */
  record Recorded(Kind kind, String path, Bounds bounds) implements SizePhrase {

    /** Whether both are of the same recorded calls. */
    public boolean ofSameCalls(Recorded other) {
      return kind == other.kind && path.equals(other.path);
    }
  }

  /** What calls were recorded in. */
  enum Kind {
    /** A trace in one of the formats of {@link dev.gatlingllm.input.TraceFormat}. */
    TRACE,
    /** An earlier run's folder: the tokens that were counted of calls that succeeded. */
    RUN
  }

  /** Always this number. */
  static SizePhrase constant(int tokens) {
    return new Drawn(new Constant(tokens));
  }

  /**
   * Reads a phrase.
   *
   * @throws InputException if it is none, or its numbers make no distribution; the message goes on
   *     after the name of a setting
   */
  static SizePhrase parse(String phrase) {
    return SizeGrammar.parse(phrase.strip());
  }
}
