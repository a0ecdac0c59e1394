package dev.gatlingllm.it;

import dev.gatlingllm.prompt.Tokenizer;

/** Every character is a token. */
public final class CharacterTokenizer implements Tokenizer {
  @Override
  public int countText(String text) {
    return text.length();
  }
}
