package dev.gatlingllm.provider.bedrock;

/** Reads the frames of one streamed answer into its exchange. */
interface FrameReader {

  /**
   * Reads one frame.
   *
   * @throws MalformedStreamException if it is not what the service documents
   */
  void read(Frame frame) throws MalformedStreamException;

  /** Whether the model has said that it stopped; only the accounting may follow. */
  boolean stopped();
}
