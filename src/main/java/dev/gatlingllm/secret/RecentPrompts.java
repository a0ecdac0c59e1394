package dev.gatlingllm.secret;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The prompts of the latest calls, so that no line of the log, no console and no message to Gatling
 * repeats one, whoever wrote it: an exception of a user's code is logged long after its call is
 * forgotten. Two generations are kept, each of 750,000 characters or one longer prompt. While
 * content is recorded, none are added. Safe for use by many threads.
 */
public final class RecentPrompts {

  private static final int SLOTS = 1 << 17;
  private static final int MOST_PIECES = SLOTS / 2;

  private static final RecentPrompts PROCESS = new RecentPrompts();

  private volatile Generation older = new Generation(SLOTS);
  private volatile Generation newer = new Generation(SLOTS);

  RecentPrompts() {}

  /** Those of this process. */
  public static RecentPrompts ofProcess() {
    return PROCESS;
  }

  /** Adds what a call is about to send. */
  public void add(Collection<String> texts) {
    for (String text : texts) {
      if (text.length() >= PromptText.LEAST_CHARS) {
        add(text);
      }
    }
  }

  private synchronized void add(String text) {
    if (newer.texts.contains(text)) {
      return;
    }
    int pieces = text.length() / PromptText.PIECE;
    if (newer.pieces + pieces > MOST_PIECES && newer.pieces > 0) {
      older = newer;
      newer = new Generation(Math.max(SLOTS, Integer.highestOneBit(pieces) * 4));
    } else if (newer.pieces == 0 && pieces > MOST_PIECES) {
      newer = new Generation(Integer.highestOneBit(pieces) * 4);
    }
    newer.add(text);
  }

  /** The text without what these prompts hold; the same instance if it holds nothing of them. */
  public String hideIn(String text) {
    if (text.length() < PromptText.LEAST_CHARS || newer.pieces + older.pieces == 0) {
      return text;
    }
    Generation before = older;
    Generation now = newer;
    for (Mapped form : PromptText.exactForms(text)) {
      String folded = Mapped.fold(form.text());
      if (now.mayHold(folded) || before.mayHold(folded)) {
        List<String> texts = new ArrayList<>(now.snapshot());
        texts.addAll(before.snapshot());
        return PromptText.of(texts).hideIn(text);
      }
    }
    return text;
  }

  /** Prompts and the hashes of their pieces, as a hash table without values. */
  private static final class Generation {
    private final Set<String> texts = new HashSet<>();
    private final AtomicIntegerArray slots;
    private volatile int pieces;

    Generation(int size) {
      slots = new AtomicIntegerArray(size);
    }

    synchronized void add(String text) {
      texts.add(text);
      String folded = Mapped.fold(text);
      int count = 0;
      for (int at = 0; at + PromptText.PIECE <= folded.length(); at += PromptText.PIECE) {
        put(RollingHash.of(folded, at));
        count++;
      }
      pieces += count;
    }

    synchronized List<String> snapshot() {
      return List.copyOf(texts);
    }

    private int next(int slot) {
      return (slot + 1) & (slots.length() - 1);
    }

    private void put(int hash) {
      int slot = hash & (slots.length() - 1);
      int value = hash == 0 ? 1 : hash;
      while (slots.get(slot) != 0 && slots.get(slot) != value) {
        slot = next(slot);
      }
      slots.set(slot, value);
    }

    private boolean holds(int hash) {
      int slot = hash & (slots.length() - 1);
      int value = hash == 0 ? 1 : hash;
      while (slots.get(slot) != 0) {
        if (slots.get(slot) == value) {
          return true;
        }
        slot = next(slot);
      }
      return false;
    }

    boolean mayHold(String folded) {
      boolean[] found = {false};
      RollingHash.forEach(folded, (at, hash) -> found[0] = found[0] || holds(hash));
      return found[0];
    }
  }
}
