/** What a gate says of a run in a pull request of GitHub's or a merge request of GitLab's. */
package dev.gatlingllm.forge;
