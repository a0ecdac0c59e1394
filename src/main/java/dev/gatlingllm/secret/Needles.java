package dev.gatlingllm.secret;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds many texts in one pass, after Wu and Manber: a table says by the three characters at the
 * end of a window how far the window may move without missing one. Immutable.
 */
final class Needles {

  static final Needles NONE = new Needles(List.of());

  private static final int BLOCK = 3;
  private static final int HASH_BITS = 15;

  private final Map<Integer, List<String>> byBlock = new HashMap<>();
  private final Map<Integer, List<String>> byPair = new HashMap<>();
  private final byte[] shifts = new byte[1 << HASH_BITS];
  private final int window;
  private final int longest;

  /** Texts to be found, each of at least three characters. */
  Needles(Collection<String> texts) {
    window = Math.min(Byte.MAX_VALUE, texts.stream().mapToInt(String::length).min().orElse(0));
    longest = texts.stream().mapToInt(String::length).max().orElse(0);
    Arrays.fill(shifts, (byte) (window - BLOCK + 1));
    texts.stream().sorted(Comparator.comparingInt(String::length).reversed()).forEach(this::add);
  }

  private void add(String text) {
    int last = window - BLOCK;
    for (int at = 0; at <= last; at++) {
      int hash = hash(text, at);
      shifts[hash] = (byte) Math.min(shifts[hash], last - at);
    }
    byBlock.computeIfAbsent(hash(text, last), key -> new ArrayList<>()).add(text);
    byPair.computeIfAbsent(pair(text, 0), key -> new ArrayList<>()).add(text);
  }

  private static int hash(String text, int at) {
    int block = (text.charAt(at) * 131 + text.charAt(at + 1)) * 131 + text.charAt(at + 2);
    return (block * 0x9E3779B9) >>> (Integer.SIZE - HASH_BITS);
  }

  private static int pair(String text, int at) {
    return (text.charAt(at) << Character.SIZE) | text.charAt(at + 1);
  }

  /** The text with {@code sign} in place of each; the same instance if it holds none. */
  String replaceIn(String text, String sign) {
    if (window == 0) {
      return text;
    }
    StringBuilder clean = null;
    int kept = 0;
    int at = 0;
    while (at + window <= text.length()) {
      int hash = hash(text, at + window - BLOCK);
      int length = shifts[hash] > 0 ? 0 : lengthAt(text, at, hash);
      if (length > 0) {
        clean = clean == null ? new StringBuilder(text.length()) : clean;
        clean.append(text, kept, at).append(sign);
        at += length;
        kept = at;
      } else {
        at += Math.max(1, shifts[hash]);
      }
    }
    return clean == null ? text : clean.append(text, kept, text.length()).toString();
  }

  private int lengthAt(String text, int at, int hash) {
    for (String needle : byBlock.getOrDefault(hash, List.of())) {
      if (text.startsWith(needle, at) && (!isNumber(needle) || standsAlone(text, at, needle))) {
        return needle.length();
      }
    }
    return 0;
  }

  /** Digits are everywhere, so a secret of digits counts only where it stands alone. */
  private static boolean standsAlone(String text, int at, String needle) {
    int end = at + needle.length();
    return (at == 0 || !isDigit(text.charAt(at - 1)))
        && (end == text.length() || !isDigit(text.charAt(end)));
  }

  private static boolean isNumber(String needle) {
    return needle.chars().allMatch(Needles::isDigit);
  }

  private static boolean isDigit(int c) {
    return (c >= '0' && c <= '9') || c == '.';
  }

  /**
   * Where the end of the text begins that is the beginning of one of these, of at least so many
   * characters and not the whole of it; the length of the text if there is none.
   */
  int beginningAtEnd(String text, int least) {
    for (int at = Math.max(0, text.length() - longest + 1); at <= text.length() - least; at++) {
      int rest = text.length() - at;
      if (begins(text, at, rest)) {
        return at;
      }
    }
    return text.length();
  }

  private boolean begins(String text, int at, int rest) {
    if (rest >= 2) {
      return byPair.getOrDefault(pair(text, at), List.of()).stream()
          .anyMatch(needle -> text.regionMatches(at, needle, 0, rest));
    }
    return byPair.keySet().stream().anyMatch(pair -> pair >>> Character.SIZE == text.charAt(at));
  }
}
