package dev.gatlingllm.live;

import java.util.List;
import java.util.Optional;

/**
 * What a run knows beside its calls.
 *
 * @param way how far the load has come; empty if that is not known
 * @param spend what is spent of each cap, in words
 */
record Outlook(Optional<LoadGoal.Way> way, List<String> spend) {

  static final Outlook NONE = new Outlook(Optional.empty(), List.of());

  Outlook {
    spend = List.copyOf(spend);
  }
}
