package dev.gatlingllm.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinnedCommentTest {

  private static final String FIRST = "<!-- gatling-llm gate -->";

  private CommentsStub stub;

  @BeforeEach
  void start() throws IOException {
    stub = new CommentsStub();
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  private Map<String, String> gitHub() {
    return Map.of(
        "GITHUB_API_URL", stub.address(),
        "GITHUB_REPOSITORY", "owner/name",
        "GITHUB_REF", "refs/pull/7/merge",
        "GITHUB_TOKEN", "t0ken");
  }

  private Map<String, String> gitLab() {
    return Map.of(
        "CI_API_V4_URL", stub.address() + "/api/v4",
        "CI_PROJECT_ID", "12",
        "CI_MERGE_REQUEST_IID", "3",
        "GITLAB_TOKEN", "t0ken");
  }

  private static String write(Map<String, String> environment, String text) throws Exception {
    return PinnedComment.of(environment).orElseThrow().write(text);
  }

  @Test
  void onGitHubItIsWrittenOnceAndChangedFromThenOn() throws Exception {
    stub.add(4, "looks good");
    assertThat(write(gitHub(), FIRST + "\n\nred")).isEqualTo("written");
    assertThat(write(gitHub(), FIRST + "\n\n\"green\" ✅")).isEqualTo("updated");
    assertThat(stub.comments())
        .containsExactly(Map.entry(4, "looks good"), Map.entry(5, FIRST + "\n\n\"green\" ✅"));
    assertThat(stub.requests())
        .containsExactly(
            "GET /repos/owner/name/issues/7/comments?per_page=100&page=1 Bearer t0ken",
            "POST /repos/owner/name/issues/7/comments Bearer t0ken",
            "GET /repos/owner/name/issues/7/comments?per_page=100&page=1 Bearer t0ken",
            "PATCH /repos/owner/name/issues/comments/5 Bearer t0ken");
  }

  @Test
  void onGitLabItIsWrittenOnceAndChangedFromThenOn() throws Exception {
    assertThat(write(gitLab(), FIRST + "\n\nred")).isEqualTo("written");
    assertThat(write(gitLab(), FIRST + "\n\ngreen")).isEqualTo("updated");
    assertThat(stub.comments()).containsExactly(Map.entry(1, FIRST + "\n\ngreen"));
    assertThat(stub.requests())
        .contains(
            "POST /api/v4/projects/12/merge_requests/3/notes t0ken",
            "PUT /api/v4/projects/12/merge_requests/3/notes/1 t0ken");
  }

  @Test
  void itIsFoundBehindHundredsOfOthers() throws Exception {
    for (int i = 1; i <= 250; i++) {
      stub.add(i, "talk " + i);
    }
    stub.add(251, FIRST + "\n\nold");
    assertThat(write(gitHub(), FIRST + "\n\nnew")).isEqualTo("updated");
    assertThat(stub.comments()).hasSize(251).containsEntry(251, FIRST + "\n\nnew");
  }

  @Test
  void anotherGateHasACommentOfItsOwn() throws Exception {
    stub.add(1, "<!-- gatling-llm gate b -->\n\nred");
    assertThat(write(gitHub(), FIRST + "\n\ngreen")).isEqualTo("written");
    assertThat(stub.comments()).hasSize(2);
  }

  @Test
  void aCommentOfSomebodyElseWithTheSameFirstLineIsLeftAlone() throws Exception {
    stub.addForeign(1, FIRST + "\n\nmine, all green");
    assertThat(write(gitHub(), FIRST + "\n\nred")).isEqualTo("written");
    assertThat(write(gitHub(), FIRST + "\n\nstill red")).isEqualTo("updated");
    assertThat(stub.comments())
        .containsExactly(
            Map.entry(1, FIRST + "\n\nmine, all green"), Map.entry(2, FIRST + "\n\nstill red"));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 500})
  void aRefusalIsToldWithoutTheToken(int status) {
    stub.refuse(status);
    assertThatThrownBy(() -> write(gitHub(), FIRST))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the comment was refused: GET, HTTP status " + status)
        .hasMessageNotContaining("t0ken");
    assertThat(stub.comments()).isEmpty();
  }

  @Test
  void outsideOfARequestThereIsNone() {
    assertThat(PinnedComment.of(Map.of())).isEmpty();
    assertThat(
            PinnedComment.of(
                Map.of("GITHUB_REPOSITORY", "owner/name", "GITHUB_REF", "refs/heads/main")))
        .isEmpty();
  }

  @Test
  void aTokenIsNeitherMissedSilentlyNorSentInPlainText() {
    Map<String, String> without = new HashMap<>(gitHub());
    without.remove("GITHUB_TOKEN");
    assertThatThrownBy(() -> PinnedComment.of(without)).hasMessageContaining("GITHUB_TOKEN");
    Map<String, String> plain = new HashMap<>(gitLab());
    plain.put("CI_API_V4_URL", "http://gitlab.example/api/v4");
    assertThatThrownBy(() -> PinnedComment.of(plain))
        .hasMessage("CI_API_V4_URL must be an https address, since a token is sent there");
    assertThat(Discussion.of(gitHub()).orElseThrow().toString()).doesNotContain("t0ken");
  }
}
