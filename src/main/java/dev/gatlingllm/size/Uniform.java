package dev.gatlingllm.size;

import dev.gatlingllm.text.Figures;

/** Every whole number within bounds as often as any other. */
record Uniform(Bounds bounds) implements TokenDistribution {

  @Override
  public int at(double share) {
    return bounds.least() + (int) (share * (bounds.most() - bounds.least() + 1L));
  }

  @Override
  public int least() {
    return bounds.least();
  }

  @Override
  public int most() {
    return bounds.most();
  }

  @Override
  public String words() {
    return "uniform, " + Figures.count(bounds.least()) + " to " + Figures.count(bounds.most());
  }
}
