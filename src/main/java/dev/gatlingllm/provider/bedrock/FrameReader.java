package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.MalformedAnswerException;

/** Reads the frames of one streamed answer into its exchange. */
interface FrameReader {

  /**
   * Reads one frame.
   *
   * @throws MalformedAnswerException if it is not what the service documents
   */
  void read(Frame frame);

  /** Whether the model has said that it stopped; only the accounting may follow. */
  boolean stopped();
}
