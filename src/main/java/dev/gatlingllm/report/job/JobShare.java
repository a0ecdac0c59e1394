package dev.gatlingllm.report.job;

import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.record.Share;
import dev.gatlingllm.record.ShareEnd;
import dev.gatlingllm.text.Figures;
import java.nio.file.Files;
import java.util.Optional;

/**
 * One share of a job as it lies in its folder.
 *
 * @param end its end mark; absent if it goes on, or was killed
 */
record JobShare(RunFiles files, RunInfo info, Share share, Optional<ShareEnd> end) {

  String name() {
    return files.folder().getFileName().toString();
  }

  boolean hasCalls() {
    return Files.isRegularFile(files.calls());
  }

  /** Why it is not whole, a clause; empty if it is. */
  Optional<String> gap() {
    if (end.isEmpty()) {
      return Optional.of(
          Figures.fill(
              "share %s (%s) has no end mark, so it was killed or goes on%s",
              share, name(), hasCalls() ? "" : ", and it has no calls.jsonl"));
    }
    if (!hasCalls()) {
      return Optional.of(Figures.fill("share %s (%s) has no calls.jsonl", share, name()));
    }
    return info.period().interrupted()
        ? Optional.of(
            Figures.fill("share %s (%s) was stopped before its load was done", share, name()))
        : Optional.empty();
  }
}
