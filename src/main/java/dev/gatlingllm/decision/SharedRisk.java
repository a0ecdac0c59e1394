package dev.gatlingllm.decision;

/**
 * Shares a risk out over looks, of which nobody knows beforehand how many there will be. Look
 * {@code k} may be wrong with a probability of {@code whole · s / ((k + s − 1) (k + s))}. These sum
 * to the whole over any number of looks, and by Boole's inequality so do the probabilities that one
 * of them is wrong, however the looks depend on each other. Sharing an error out over looks: K. K.
 * G. Lan and D. L. DeMets, Discrete sequential boundaries for clinical trials, Biometrika 70
 * (1983).
 *
 * @param whole risk of all looks together, 0 to 1
 * @param spread s: the first look takes one part of 1 + s, so that more is left for later ones
 */
record SharedRisk(double whole, int spread) {

  /**
   * The risk of a look.
   *
   * @param look its number, from 1
   */
  double ofLook(int look) {
    return whole * spread / ((double) (look + spread - 1) * (look + spread));
  }
}
