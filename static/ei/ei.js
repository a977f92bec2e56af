/* What a page needs beyond the design system's own script. Everything works without it. */
(function () {
  'use strict';

  DKFDS.init();

  /* Single-key shortcuts can be turned off on the help page (WCAG 2.1, 2.1.4). */
  var SHORTCUTS = 'ei-shortcuts';
  function shortcutsAreOn() {
    try { return localStorage.getItem(SHORTCUTS) !== 'off'; } catch (error) { return true; }
  }
  document.querySelectorAll('[data-shortcuts]').forEach(function (box) {
    box.checked = shortcutsAreOn();
    box.addEventListener('change', function () {
      try { localStorage.setItem(SHORTCUTS, box.checked ? 'on' : 'off'); } catch (error) { box.checked = true; }
    });
  });

  /* Buttons that can do nothing without a script are hidden in the page and shown here. */
  document.querySelectorAll('[data-needs-script]').forEach(function (element) { element.hidden = false; });

  document.addEventListener('click', function (event) {
    var button = event.target.closest('[data-copy], [data-print]');
    if (!button) return;
    if (button.hasAttribute('data-print')) { window.print(); return; }
    var field = document.getElementById(button.dataset.copy);
    var said = document.getElementById(button.dataset.said);
    function tell() { if (said) said.textContent = said.dataset.text; }
    field.select();
    if (navigator.clipboard) {
      navigator.clipboard.writeText(field.value).then(tell, function () { document.execCommand('copy'); tell(); });
    } else {
      document.execCommand('copy');
      tell();
    }
  });

  /* One box ticks all rows that belong to a form. */
  document.addEventListener('change', function (event) {
    var all = event.target.closest('[data-choose-all]');
    if (!all) return;
    Array.from(document.getElementById(all.dataset.chooseAll).elements).forEach(function (box) {
      if (box.type === 'checkbox') box.checked = all.checked;
    });
  });

  /* A link that opens a dialog leads to a page of its own without a script, and nowhere with it. */
  document.addEventListener('click', function (event) {
    if (event.target.closest('a[data-module="modal"]')) event.preventDefault();
  });

  /* A form brought into a dialog after the design system's script has run. */
  document.addEventListener('click', function (event) {
    var button = event.target.closest('[data-close-dialog]');
    if (button) button.closest('.fds-modal').querySelector('[data-modal-close]').click();
  });

  /* Ctrl or Cmd with Enter sends the form, also from a field of several lines. */
  document.addEventListener('keydown', function (event) {
    var form = event.target.closest('form[data-ctrl-enter]');
    if (form && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });

  /* Arrow keys lead from a search field into what it found, and back; Escape closes a list under the field. */
  function isInSearch(form, element) {
    return form.contains(element) || document.getElementById(form.dataset.arrows).contains(element);
  }
  document.addEventListener('keydown', function (event) {
    var form = document.querySelector('form[data-arrows]');
    if (!form || !isInSearch(form, event.target)) return;
    var found = document.getElementById(form.dataset.arrows);
    var field = form.querySelector('input');
    if (event.key === 'Escape' && form.contains(found)) {
      found.replaceChildren();
      field.focus();
    }
    var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    var stops = [field].concat(Array.from(found.querySelectorAll('a[href]')));
    var next = step && stops[stops.indexOf(event.target) + step];
    if (!next) return;
    next.focus();
    event.preventDefault();
  });
  document.addEventListener('focusin', function (event) {
    var form = document.querySelector('form[data-arrows]');
    if (!form || isInSearch(form, event.target)) return;
    var found = document.getElementById(form.dataset.arrows);
    if (form.contains(found)) found.replaceChildren();
  });

  /* In a row of choices with numbers the digits choose, the arrows move, and Tab leaves it. Of several to tick one
     stays there; where one alone is chosen, its digit goes on to the next field, as the form says. */
  document.addEventListener('keydown', function (event) {
    var row = event.target.closest('[data-keys]');
    if (!row || event.ctrlKey || event.metaKey || event.altKey || !shortcutsAreOn()) return;
    var choices = Array.from(row.querySelectorAll('input'));
    var here = choices.indexOf(event.target);
    var wanted = choices[Number(event.key) - 1];
    if (wanted) {
      wanted.focus();
      wanted.click();
      if (wanted.type === 'radio') nextAfter(row).focus();
      event.preventDefault();
    } else if (event.key === 'Tab') {
      choices[event.shiftKey ? 0 : choices.length - 1].focus();
    } else if (event.target.type === 'checkbox' && (event.key === 'ArrowRight' || event.key === 'ArrowLeft')) {
      choices[(here + (event.key === 'ArrowRight' ? 1 : choices.length - 1)) % choices.length].focus();
      event.preventDefault();
    }
  });
  function nextAfter(row) {
    var fields = Array.from(row.closest('form').querySelectorAll('input:not([type="hidden"]), select, textarea, button'));
    var last = Array.from(row.querySelectorAll('input')).pop();
    return fields[fields.indexOf(last) + 1] || last;
  }

  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !shortcutsAreOn()) return;
    if (event.target.closest('input, textarea, select, [contenteditable]')) return;
    if (document.querySelector('.fds-modal[aria-hidden="false"], .mobile-drawer.is-visible')) return;
    var wanted = null;
    if (event.key === 'k') {
      wanted = document.querySelector('[aria-keyshortcuts~="k"]');
      if (wanted) wanted.click();
      var first = document.querySelector('.fds-modal[aria-hidden="false"] :is(input:not([type="hidden"]), select, textarea)');
      if (first) first.focus();
    } else if (event.key === '?') {
      wanted = document.querySelector('[aria-keyshortcuts~="?"]');
      if (wanted) wanted.click();
    } else if (event.key === '/') {
      wanted = document.getElementById('global-search') || document.querySelector('main input[type="search"]');
      if (wanted) wanted.focus();
    }
    if (wanted) event.preventDefault();
  });
}());
