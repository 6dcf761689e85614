package dev.assay.dataplane.store.filesystem;

import java.util.ArrayList;
import java.util.List;

/// Goes off once, and runs each action once: also those that come late, at once.
final class CutSwitch {
  private final List<Runnable> actions = new ArrayList<>();
  private boolean cut;

  synchronized boolean isCut() {
    return cut;
  }

  void onCut(Runnable action) {
    synchronized (this) {
      if (!cut) {
        actions.add(action);
        return;
      }
    }
    action.run();
  }

  void cut() {
    List<Runnable> todo;
    synchronized (this) {
      cut = true;
      todo = List.copyOf(actions);
      actions.clear();
    }
    todo.forEach(Runnable::run);
  }
}
