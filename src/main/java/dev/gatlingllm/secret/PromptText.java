package dev.gatlingllm.secret;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The texts that one call sends, to be removed from what is said about the call: every run of 24
 * characters or more of it, also if the run is escaped for JSON, HTML or a URL, in base64, read in
 * another character set, or differs in case or white space only. Immutable.
 */
public final class PromptText {

  /** Shorter pieces stay: they may be ordinary words. */
  public static final int LEAST_CHARS = 24;

  /** Replaces a run. */
  public static final String HIDDEN = "[prompt]";

  /** Every run of 24 characters holds a whole piece of 12 that begins at a multiple of 12. */
  static final int PIECE = LEAST_CHARS / 2;

  /** An id or a word, which nobody repeats in another case or with other white space. */
  private static final int SHORT_CHARS = 64;

  /** Nothing is hidden. */
  public static final PromptText NONE = new PromptText(List.of());

  private final List<String> texts;

  private PromptText(List<String> texts) {
    this.texts = texts;
  }

  /** The texts of a call, in any order. */
  public static PromptText of(Collection<String> texts) {
    return new PromptText(texts.stream().filter(text -> text.length() >= LEAST_CHARS).toList());
  }

  /** The text without the prompt; the same instance if it holds nothing of it. */
  public String hideIn(String text) {
    if (text.length() < LEAST_CHARS || texts.isEmpty()) {
      return text;
    }
    boolean mayBeFolded = text.length() > SHORT_CHARS || text.indexOf(' ') >= 0;
    List<Mapped> exact = exactForms(text);
    if (!mayBeFolded && exact.stream().noneMatch(this::sharesAPiece)) {
      return text;
    }
    BitSet hidden = new BitSet();
    Pieces pieces = new Pieces(exact, hidden);
    texts.forEach(pieces::markRunsOf);
    if (mayBeFolded) {
      Pieces folded = new Pieces(exact.stream().map(Mapped::folded).toList(), hidden);
      texts.forEach(prompt -> folded.markRunsOf(Mapped.fold(prompt)));
    }
    return hidden.isEmpty() ? text : without(hidden, text);
  }

  /** A shortcut for the ids of every call: faster than going through a long prompt. */
  private boolean sharesAPiece(Mapped form) {
    for (int at = 0; at + PIECE <= form.text().length(); at += PIECE) {
      String piece = form.text().substring(at, at + PIECE);
      if (texts.stream().anyMatch(prompt -> prompt.contains(piece))) {
        return true;
      }
    }
    return false;
  }

  /** As it is, with its escapes undone up to three times, and with its encodings undone. */
  static List<Mapped> exactForms(String text) {
    Mapped plain = Mapped.of(text);
    Map<String, Mapped> forms = new LinkedHashMap<>();
    addEscaped(plain, forms);
    addEscaped(plain.unpacked(), forms);
    if (text.chars().anyMatch(c -> c >= 0x80)) {
      addEscaped(plain.reread(), forms);
    }
    return List.copyOf(forms.values());
  }

  private static boolean escapes(int c) {
    return c == '\\' || c == '&' || c == '%';
  }

  private static void addEscaped(Mapped form, Map<String, Mapped> forms) {
    if (forms.putIfAbsent(form.text(), form) != null
        || form.text().chars().noneMatch(PromptText::escapes)) {
      return;
    }
    Mapped once = form.decoded();
    Mapped twice = once.decoded();
    for (Mapped next :
        List.of(once, twice, twice.decoded(), form.decodedForm(), once.decodedForm())) {
      forms.putIfAbsent(next.text(), next);
    }
    Mapped unpacked = once.unpacked();
    forms.putIfAbsent(unpacked.text(), unpacked);
  }

  private static String without(BitSet hidden, String text) {
    StringBuilder clean = new StringBuilder(text.length());
    int kept = 0;
    for (int at = hidden.nextSetBit(0); at >= 0; at = hidden.nextSetBit(kept)) {
      clean.append(text, kept, at).append(HIDDEN);
      kept = hidden.nextClearBit(at);
    }
    return clean.append(text, kept, text.length()).toString();
  }

  /** The pieces of some forms of one text, by their hash. */
  private static final class Pieces {

    private record Place(Mapped form, int at) {}

    private final Map<Integer, List<Place>> places = new HashMap<>();
    private final long[] bitmap = new long[1 << 10];
    private final BitSet hidden;

    Pieces(Collection<Mapped> forms, BitSet hidden) {
      this.hidden = hidden;
      for (Mapped form : forms) {
        for (int at = 0; at + PIECE <= form.text().length(); at += PIECE) {
          int hash = RollingHash.of(form.text(), at);
          bitmap[word(hash)] |= 1L << hash;
          places.computeIfAbsent(hash, key -> new ArrayList<>()).add(new Place(form, at));
        }
      }
    }

    private static int word(int hash) {
      return (hash >>> 6) & 0x3ff;
    }

    void markRunsOf(String prompt) {
      RollingHash.forEach(
          prompt,
          (at, hash) -> {
            if ((bitmap[word(hash)] & (1L << hash)) != 0) {
              // Skips what is hidden already: a text of one letter would take forever.
              List<Place> found = places.get(hash);
              if (found != null) {
                found.removeIf(place -> isHidden(place) || markRun(place, prompt, at));
              }
            }
          });
    }

    private boolean isHidden(Place place) {
      int end = place.form.to(place.at + PIECE - 1);
      return hidden.nextClearBit(place.form.from(place.at)) >= end;
    }

    /** Hides the run around a piece; false if it is too short. */
    private boolean markRun(Place place, String prompt, int promptAt) {
      String text = place.form.text();
      if (!text.regionMatches(place.at, prompt, promptAt, PIECE)) {
        return false;
      }
      int before = 0;
      while (before < Math.min(place.at, promptAt)
          && text.charAt(place.at - before - 1) == prompt.charAt(promptAt - before - 1)) {
        before++;
      }
      int after = PIECE;
      while (place.at + after < text.length()
          && promptAt + after < prompt.length()
          && text.charAt(place.at + after) == prompt.charAt(promptAt + after)) {
        after++;
      }
      if (before + after < LEAST_CHARS) {
        return false;
      }
      hidden.set(place.form.from(place.at - before), place.form.to(place.at + after - 1));
      return true;
    }
  }
}
