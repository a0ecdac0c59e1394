package dev.gatlingllm.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.random.RandomGenerator;

/**
 * The text of an answer: for each token one short common word with a leading space, drawn from a
 * list of words that each are one token of o200k_base. Not safe for use by several threads.
 */
final class SimulatedText {

  static final String LIST =
      "the of and to in is you that it he was for on are as with his they at be this have from or"
          + " one had by word but not what all were we when your can said there use an each which"
          + " she do how their if will up other about out many then them these so some her would"
          + " make like him into time has look two more write go see number no way could people my"
          + " than first water been call who oil its now find long down day did get come made may"
          + " part over new sound take only little work know place year live me back give most very"
          + " after thing our just name good sentence man think say great where help through much"
          + " before line right too mean old any same tell boy follow came want show also around"
          + " form three small set put end does another well large must big even such because turn"
          + " here why ask went men read need land different home us move try kind hand picture"
          + " again change off play spell air away animal house point page letter mother answer"
          + " found study still learn should world high every near add food between own below"
          + " country plant last school father keep tree never start city earth eye light thought"
          + " head under story saw left few while along might close something seem next hard open"
          + " example begin life always those both paper together got group often run café";

  private static final byte[][] WORDS = spaced(LIST.split(" "));

  private final RandomGenerator random;
  private final byte[][] fixed;
  private int next;

  SimulatedText(RandomGenerator random) {
    this(random, "");
  }

  /**
   * SimulatedText of a fixed text, over and over.
   *
   * @param text without anything that JSON would escape; empty for words drawn at random
   */
  SimulatedText(RandomGenerator random, String text) {
    this.random = random;
    this.fixed = text.isEmpty() ? new byte[0][] : spaced(text.split(" "));
  }

  /** The next words, one for each token, in UTF-8; none of them needs escaping in JSON. */
  byte[] next(int tokens) {
    byte[][] drawn = new byte[tokens][];
    int length = 0;
    for (int i = 0; i < tokens; i++) {
      drawn[i] = word();
      length += drawn[i].length;
    }
    byte[] text = new byte[length];
    int at = 0;
    for (byte[] word : drawn) {
      System.arraycopy(word, 0, text, at, word.length);
      at += word.length;
    }
    return text;
  }

  private byte[] word() {
    return fixed.length == 0 ? WORDS[random.nextInt(WORDS.length)] : fixed[next++ % fixed.length];
  }

  private static byte[][] spaced(String[] words) {
    byte[][] spaced = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      spaced[i] = (" " + words[i]).getBytes(UTF_8);
    }
    return spaced;
  }
}
