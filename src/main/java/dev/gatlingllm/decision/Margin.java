package dev.gatlingllm.decision;

import dev.gatlingllm.text.Figures;

/**
 * The least change that matters.
 *
 * @param size in percent of a number, or in points of a share
 * @param ofShare whether it is that of a share
 */
public record Margin(double size, boolean ofShare) {

  /** In print. */
  public String text() {
    return Figures.number(size) + (!ofShare ? " %" : size == 1 ? " point" : " points");
  }
}
