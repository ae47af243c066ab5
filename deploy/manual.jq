# From what `roost --experimental-dump-help` says of itself to a manual page (man(7)).
def plain: gsub("\\\\"; "\\e") | gsub("(?m)^(?<dot>[.'])"; "\\&\(.dot)") | gsub("-"; "\\-");
def spelled: if .kind == "long" then "--" + .name else "-" + .name end;
def shown: if .kind == "positional" then "<" + .valueName + ">" + (if .isRepeating then "..." else "" end)
  else ([.names[] | spelled] | join(", ")) + (if .kind == "option" then " <" + (.valueName // "value") + ">" else "" end) end;
def own: [.arguments[]? | select(.shouldDisplay and ([.names[]?.name] | any(. == "help" or . == "version") | not))];
def synopsis($path): "\\fB" + ($path | plain) + "\\fR" + ([own[] | " " + (if .isOptional then "[" + shown + "]" else shown end) | plain] | join(""));
def described: ".TP\n\\fB" + (shown | plain) + "\\fR\n" + ((.abstract // "") | plain) + "\n";
def page($path): ($path + " " + .commandName) as $name
  | ".SS " + ($name | plain) + "\n" + ((.abstract // "") | plain) + "\n"
  + (if (.subcommands // []) == [] then ".PP\n" + synopsis($name) + "\n" + (if .discussion then ".PP\n.nf\n" + (.discussion | plain) + "\n.fi\n" else "" end) + ([own[] | described] | join("")) else ([.subcommands[] | select(.shouldDisplay != false and .commandName != "help") | page($name)] | join("")) end);
.command | ".TH ROOST 1 \"\" \"Roost\"\n.SH NAME\nroost \\- " + (.abstract | plain) + "\n.SH SYNOPSIS\n\\fBroost\\fR <command> [<options>]\n.SH DESCRIPTION\n.nf\n" + (.discussion | plain) + "\n.fi\n.SH COMMANDS\n"
  + (.commandName as $tool | [.subcommands[] | select(.commandName != "help") | page($tool)] | join("")) + ".SH FILES\n.TP\n~/.config/roost/remotes.json\nInstallations that were logged in to.\n.SH SEE ALSO\n/usr/share/doc/roost/README.md\n"
