package dev.gatlingllm.bench;

import java.io.IOException;

/** One table of the benchmark. */
interface Part {

  /** The letter it is asked for by. */
  String letter();

  /** Measures, and returns the section in Markdown. */
  String run() throws IOException, InterruptedException;
}
