package dev.gatlingllm.simulator.wire;

import java.util.List;

/**
 * The JSON of one family of models behind InvokeModel, for one answer. Texts need no escaping.
 * Confined to the call's event loop.
 */
interface ModelAnswer {

  /** The chunks before the first output. */
  default List<String> opening() {
    return List.of();
  }

  /** The chunks for a piece of output. */
  List<String> chunk(boolean reasoning, String text);

  /**
   * The chunks after the last output; the last one is for Bedrock's own metrics.
   *
   * @param metrics a field to put at the end of the last chunk, with a comma before it, or nothing
   */
  List<String> closing(AnswerEnd end, String metrics);

  /** The answer in one piece. */
  String whole(String reasoning, String content, AnswerEnd end);
}
