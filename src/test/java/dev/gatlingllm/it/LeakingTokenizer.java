package dev.gatlingllm.it;

import dev.gatlingllm.prompt.Tokenizer;

/** Cannot count the answer of a call, and says too much. */
public final class LeakingTokenizer implements Tokenizer {

  @Override
  public int countText(String text) {
    if (text.equals("hello")) {
      throw Leak.thrown("countText");
    }
    return text.length();
  }
}
