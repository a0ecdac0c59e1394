package dev.gatlingllm.secret;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds many texts in one pass. A bitmap of the pairs of characters with which they begin lets
 * nearly every place of a text pass with one look. Immutable.
 */
final class Needles {

  static final Needles NONE = new Needles(List.of());

  private static final int PAIRS = 1 << 16;

  private final long[] bitmap = new long[PAIRS / Long.SIZE];
  private final Map<Integer, List<String>> byPair = new HashMap<>();
  private final int longest;

  /** Texts to be found, each of at least two characters. */
  Needles(Collection<String> texts) {
    for (String text : texts) {
      int pair = pair(text.charAt(0), text.charAt(1));
      bitmap[pair >> 6] |= 1L << pair;
      byPair.computeIfAbsent(pair, key -> new ArrayList<>()).add(text);
    }
    byPair
        .values()
        .forEach(same -> same.sort(Comparator.comparingInt(String::length).reversed()));
    longest = texts.stream().mapToInt(String::length).max().orElse(0);
  }

  private static int pair(char first, char second) {
    return (first & 0xff) << 8 | second & 0xff;
  }

  int longest() {
    return longest;
  }

  /** The text with {@code sign} in place of each; the same instance if it holds none. */
  String replaceIn(String text, String sign) {
    StringBuilder clean = null;
    int kept = 0;
    int end = text.length() - 1;
    char next = end > 0 ? text.charAt(0) : 0;
    for (int at = 0; at < end; at++) {
      char first = next;
      next = text.charAt(at + 1);
      int pair = pair(first, next);
      if ((bitmap[pair >> 6] >>> pair & 1) != 0) {
        int length = lengthAt(text, at, pair);
        if (length > 0) {
          clean = clean == null ? new StringBuilder(text.length()) : clean;
          clean.append(text, kept, at).append(sign);
          kept = at + length;
          at = kept - 1;
          next = kept < text.length() ? text.charAt(kept) : 0;
        }
      }
    }
    return clean == null ? text : clean.append(text, kept, text.length()).toString();
  }

  private int lengthAt(String text, int at, int pair) {
    for (String needle : byPair.getOrDefault(pair, List.of())) {
      if (text.startsWith(needle, at) && (!isNumber(needle) || standsAlone(text, at, needle))) {
        return needle.length();
      }
    }
    return 0;
  }

  /** Digits are everywhere: only a number of its own is taken for such a secret. */
  private static boolean standsAlone(String text, int at, String needle) {
    int end = at + needle.length();
    return (at == 0 || !isDigit(text.charAt(at - 1)))
        && (end == text.length() || !isDigit(text.charAt(end)));
  }

  private static boolean isNumber(String needle) {
    return needle.chars().allMatch(Needles::isDigit);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9' || c == '.';
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
      int pair = pair(text.charAt(at), text.charAt(at + 1));
      return byPair.getOrDefault(pair, List.of()).stream()
          .anyMatch(needle -> text.regionMatches(at, needle, 0, rest));
    }
    return byPair.keySet().stream().anyMatch(pair -> pair >> 8 == (text.charAt(at) & 0xff));
  }
}
