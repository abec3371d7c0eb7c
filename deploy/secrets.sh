#!/bin/sh
# The secrets of an installation: made here, kept encrypted by systemd-creds (with the machine's TPM if it has one),
# and decrypted into memory by deploy/alliance-portal-secrets.service. As root:
#   deploy/secrets.sh create         make whatever is missing
#   deploy/secrets.sh set NAME       take the value from standard input
#   deploy/secrets.sh renew NAME     another value; the one before stays valid where data or links rest on it
#   deploy/secrets.sh show NAME      for a copy in a safe: the files are worth nothing on another machine
#   deploy/secrets.sh destroy NAME
# docs/operations.md says what each is for, and what to do after a change.
set -eu
umask 077
store=${SECRETS_STORE:-/etc/alliance-portal/secrets}
names="secret_key secret_key_fallbacks mfa_encryption_keys manifest_signing_key oidc_client_secret email_url"

fail() {
    echo "$1" >&2
    exit 1
}

keep() { # name; the value from standard input
    mkdir -p "$store"
    systemd-creds encrypt --name="$1" - "$store/$1.new"
    mv "$store/$1.new" "$store/$1"
}

show() {
    systemd-creds decrypt --name="$1" "$store/$1" -
}

fresh() { # into $value
    case $1 in
        secret_key) value=$(openssl rand -hex 40) ;;
        mfa_encryption_keys | manifest_signing_key) value=$(openssl rand -base64 32) ;;
        *) fail "$1 is given by somebody else: deploy/secrets.sh set $1" ;;
    esac
}

known() {
    case " $names " in *" ${1:-none} "*) ;; *) fail "The names are: $names" ;; esac
}

case ${1:-} in
    create)
        for name in secret_key mfa_encryption_keys manifest_signing_key; do
            [ -e "$store/$name" ] && continue
            fresh "$name"
            printf %s "$value" | keep "$name"
        done
        for name in secret_key_fallbacks oidc_client_secret; do # may be empty
            [ -e "$store/$name" ] || keep "$name" </dev/null
        done
        [ -e "$store/email_url" ] || echo "Still missing: deploy/secrets.sh set email_url"
        ;;
    set)
        known "${2:-}"
        tr -d '\n' | keep "$2"
        ;;
    renew)
        known "${2:-}"
        fresh "$2"
        former=$(show "$2")
        case $2 in
            secret_key)
                older=$(show secret_key_fallbacks)
                printf %s "$former${older:+,$older}" | keep secret_key_fallbacks
                ;;
            mfa_encryption_keys) value=$value,$former ;;
        esac
        printf %s "$value" | keep "$2"
        ;;
    show)
        known "${2:-}"
        show "$2"
        ;;
    destroy)
        known "${2:-}"
        shred --remove "$store/$2"
        ;;
    *) fail "create, set NAME, renew NAME, show NAME or destroy NAME" ;;
esac
