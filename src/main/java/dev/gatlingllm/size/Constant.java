package dev.gatlingllm.size;

import dev.gatlingllm.text.Figures;

/** Always the same number of tokens. */
record Constant(int tokens) implements TokenDistribution {

  /** Rejects what no bounds would hold. */
  Constant {
    new Bounds(tokens, tokens);
  }

  @Override
  public int at(double share) {
    return tokens;
  }

  @Override
  public int least() {
    return tokens;
  }

  @Override
  public int most() {
    return tokens;
  }

  @Override
  public String words() {
    return Figures.count(tokens);
  }
}
