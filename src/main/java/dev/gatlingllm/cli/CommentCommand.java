package dev.gatlingllm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatlingllm.forge.GateComment;
import dev.gatlingllm.forge.PinnedComment;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says in a pull or merge request what a gate found. */
@Command(
    name = "comment",
    description = {
      "Says in a pull or merge request what a gate found; a later run changes the same comment.",
      "",
      "Which request that is, the CI system says: GITHUB_REPOSITORY, GITHUB_REF (refs/pull/N/...),"
          + " GITHUB_API_URL and GITHUB_TOKEN, or CI_API_V4_URL, CI_PROJECT_ID,"
          + " CI_MERGE_REQUEST_IID and GITLAB_TOKEN. Without a request nothing is written."
          + " Prints what was found: met, missed, undecided, failed, not-started, not-sent.",
      "",
      "Exits with 2 if the comment cannot be written."
    })
final class CommentCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "Folder of the run (default: it did not start).")
  private Optional<Path> run = Optional.empty();

  @Option(
      names = "--status",
      paramLabel = "N",
      description = "Exit status of the run (default: 0).")
  private int status;

  @Option(names = "--not-sent", description = "There was no run, on purpose.")
  private boolean notSent;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Tells gates of one request from each other (default: gate).")
  private String name = "gate";

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description = "A sentence for whoever reads it, may be repeated.")
  private List<String> notes = List.of();

  @Option(names = "--link", paramLabel = "URL", description = "Where the whole report is.")
  private Optional<String> link = Optional.empty();

  @Option(names = "--out", paramLabel = "FILE", description = "Also write the text to this file.")
  private Optional<Path> file = Optional.empty();

  CommentCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    GateComment comment =
        notSent
            ? GateComment.notSent(name, notes, link)
            : GateComment.of(name, run, status, notes, link);
    if (file.isPresent()) {
      Files.writeString(file.get(), comment.text(), UTF_8);
    }
    out.println(comment.outcome().code());
    Optional<PinnedComment> pinned = PinnedComment.of(environment);
    if (pinned.isPresent()) {
      err.println("comment: " + pinned.get().write(comment.text()));
    }
    return 0;
  }
}
